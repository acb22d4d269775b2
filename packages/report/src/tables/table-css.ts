/**
 * The look of a table: three rules, no zebra, no vertical lines. Colours are variables that a report sets for its light
 * and its dark theme; in plain Jupyter they follow JupyterLab's own, or the literal values. Without kerning, as Chromium
 * reckons the least width of a column without that between a word and a space, and then breaks the word: `ChatGP` `T`.
 */
export const TABLE_CSS: string = `
.jl-table-figure{margin:1.5em 0;max-width:100%}
.jl-table-scroll{overflow-x:auto;max-width:100%;--jl-cover:var(--jl-paper,var(--jp-layout-color0,#fff));--jl-fade:var(--jl-edge,rgb(128 128 128/.45));background:linear-gradient(to right,var(--jl-cover) 40%,transparent) left/3rem 100% no-repeat local,linear-gradient(to left,var(--jl-cover) 40%,transparent) right/3rem 100% no-repeat local,linear-gradient(to right,var(--jl-fade),transparent) left/.8rem 100% no-repeat scroll,linear-gradient(to left,var(--jl-fade),transparent) right/.8rem 100% no-repeat scroll}
.jl-table{border-collapse:separate;border-spacing:0;border:0;margin:0;font-size:.88em;line-height:1.4;font-variant-numeric:tabular-nums lining-nums;font-kerning:none;color:var(--jl-ink,var(--jp-content-font-color1,#1a1a1a));background:none}
.jl-table caption{caption-side:top;text-align:left;padding:0 0 .6em;color:var(--jl-quiet,var(--jp-content-font-color2,#595959))}
.jl-table .jl-caption{display:block;position:sticky;left:0;width:max-content;max-width:min(40em,calc(100vw - 2.4rem))}
.jl-table th,.jl-table td{padding:.32em .65em;border:0;background:none;font-weight:400;vertical-align:baseline;max-width:24em;overflow-wrap:break-word}
.jl-table th:first-child,.jl-table td:first-child{padding-left:0}
.jl-table th:last-child,.jl-table td:last-child{padding-right:0}
.jl-table thead th{border-top:1.5px solid currentColor;border-bottom:.75px solid currentColor;vertical-align:bottom;text-wrap:balance}
.jl-table-figure .jl-table{margin:0}
.jl-table-figure .jl-table tbody tr:nth-child(n){background:none}
.jl-table tbody tr:last-child>*{border-bottom:1.5px solid currentColor}
.jl-table .jl-left{text-align:left}
.jl-table .jl-right{text-align:right}
.jl-table td.jl-right,.jl-table tbody th{white-space:nowrap}
.jl-table .jl-center{text-align:center}
.jl-table .jl-bold>*{font-weight:650}
.jl-table .jl-unit,.jl-table-note{color:var(--jl-quiet,var(--jp-content-font-color2,#595959))}
.jl-table-note{font-size:.8em;margin:.5em 0 0}
@media (max-width:640px){.jl-table tr>:first-child{position:sticky;left:0;background:var(--jl-paper,var(--jp-layout-color0,#fff));max-width:11.5em;padding-right:.8em;white-space:normal}.jl-table tbody th.jl-left{min-width:4.8em}}
`.trim()
