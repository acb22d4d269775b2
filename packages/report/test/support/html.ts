import type { DefaultTreeAdapterTypes } from 'parse5'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

/** All elements below a node, in document order; those inside templates too. */
export function elementsOf(node: Node): Element[] {
  const children = 'content' in node ? [node.content] : 'childNodes' in node ? node.childNodes : []
  return children.flatMap((child) => [...('tagName' in child ? [child] : []), ...elementsOf(child)])
}

/** The text below a node. */
export function textOf(node: Node): string {
  if ('value' in node) return node.value
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''
}

/** An attribute's value. */
export function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((found) => found.name === name)?.value
}
