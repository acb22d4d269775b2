import { createRequire } from 'node:module'

/** Pixels to a px of the SVG: sharp on paper at the size of a column. */
const SCALE = 3

/**
 * An SVG as PNG, three pixels to the px, in Arimo, whose letters are as wide as those that charts are measured with.
 * Needs no browser and no font of the machine.
 *
 * @throws {Error} if the text is no SVG
 */
export async function renderPng(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js')
  const font = { loadSystemFonts: false, fontFiles: FACES.map(fontFile), defaultFontFamily: 'Arimo' }
  return new Resvg(svg, { fitTo: { mode: 'zoom', value: SCALE }, background: '#ffffff', font }).render().asPng()
}

const FACES = ['400Regular', '600SemiBold', '700Bold']

function fontFile(face: string): string {
  return createRequire(import.meta.url).resolve(`@expo-google-fonts/arimo/${face}/Arimo_${face}.ttf`)
}
