/** Text from an attribute or from between tags of HTML that our sanitizer or `escapeHtml` wrote. */
export function unescapeHtml(html: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" }
  return html.replace(/&(lt|gt|amp|quot|#39);/g, (_, name: string) => named[name] as string)
}
