const LIGHT = `--paper: #ffffff; --card: #f5f6f8; --ink: #1b1f24; --muted: #545d68; --line: #d3d9e0; --link: #0b4fb8;
  --good: #146c2e; --bad: #b3261e; --warn: #7d5200; --on: #ffffff;
  --bad-band: #fbe9e7; --track: #e6eaee; --wire: #b8c1cb;
  --gone: #7a0f0a; --gone-ink: #ffffff; --most: #b3261e; --most-ink: #ffffff;
  --cut: #e9a23b; --cut-ink: #221400; --some: #f6d9a8; --some-ink: #3a2600;`;

/** The page's style sheet; colours keep WCAG AA contrast in both schemes. Drawings use the same variables. */
export const STYLE = `
:root {
  color-scheme: light dark;
${LIGHT}}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #101418; --card: #191f26; --ink: #e6e9ed; --muted: #a7b1bc; --line: #38424d; --link: #8ab4f8;
    --good: #56cf7b; --bad: #ff8d83; --warn: #e6b450; --on: #101418;
    --bad-band: #34191a; --track: #2a323b; --wire: #56616d;
    --gone: #ffb4ab; --gone-ink: #3b0603; --most: #e0685e; --most-ink: #190302;
    --cut: #c98a2b; --cut-ink: #150c00; --some: #5e4517; --some-ink: #ffe7bd;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 24px 20px 48px; max-width: 1060px; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere; -webkit-text-size-adjust: 100%;
}
h1, h2, h3, h4 { line-height: 1.25; }
h1 { font-size: 2.1rem; margin: 0 0 8px; }
h2 { font-size: 1.45rem; margin: 0 0 8px; }
h3 { font-size: 1.1rem; margin: 28px 0 8px; }
h4 { font-size: 1rem; margin: 22px 0 6px; }
p { margin: 6px 0; }
a { color: var(--link); }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 0.9em; }
ul, ol { margin: 6px 0; padding-left: 22px; }
.eyebrow { color: var(--muted); font-size: 0.85rem; font-weight: 600; letter-spacing: 0.02em; }
.quiet { color: var(--muted); font-size: 0.92rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
article, main > section + section, article + section { border-top: 1px solid var(--line); margin-top: 40px; padding-top: 28px; }
.notice, .honest { background: var(--card); border-left: 4px solid var(--warn); padding: 10px 14px; border-radius: 4px; }
.honest { border-left-color: var(--link); margin-top: 18px; }
.cards .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(230px, 100%), 1fr)); gap: 12px; margin: 18px 0; }
.cards .facts > div { background: var(--card); border-radius: 8px; padding: 12px 16px; }
.big { font-size: 1.6rem; line-height: 1.2; }
.facts { margin: 6px 0; }
dt { color: var(--muted); font-size: 0.85rem; font-weight: 600; margin-top: 6px; }
.cards dt { margin-top: 0; }
dd { margin: 0; }
.lead { margin: 0 0 6px; }
.why { font-size: 1.08rem; }
.brief { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); gap: 12px; margin-top: 16px; }
.brief section { background: var(--card); border-radius: 8px; padding: 12px 16px; min-width: 0; }
.brief h3 { margin: 0 0 4px; font-size: 1rem; }
.badge { display: inline-block; border-radius: 4px; padding: 1px 9px; font-size: 0.85rem; font-weight: 700; background: var(--warn); color: var(--on); white-space: nowrap; }
.badge.contained { background: var(--good); }
.badge.escaped { background: var(--bad); }
.good { color: var(--good); }
.bad { color: var(--bad); }
.scroll { overflow-x: auto; max-width: 100%; }
.scroll:focus-visible, a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 8px 12px; margin: 6px 0; white-space: pre; overflow-wrap: normal; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; margin: 6px 0; }
th, td { text-align: left; vertical-align: top; padding: 6px 10px; border-bottom: 1px solid var(--line); min-width: 5.5em; max-width: 28em; }
thead th { overflow-wrap: normal; color: var(--muted); font-size: 0.85rem; font-weight: 600; }
tbody th { font-weight: 500; min-width: 9em; }
.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.outcome, .kind { white-space: nowrap; }
.outcome.held, .outcome.limited, .outcome.caught { color: var(--good); font-weight: 600; }
.outcome.failed, .outcome.passed { color: var(--bad); font-weight: 600; }
.outcome.alarmed { color: var(--warn); font-weight: 600; }
figure { margin: 10px 0 16px; }
.chart { display: block; max-width: none; }
.key { color: var(--muted); font-size: 0.85rem; display: flex; flex-wrap: wrap; gap: 4px 18px; }
.sign { width: 0.95em; height: 0.95em; vertical-align: -0.1em; }
.sign path { fill: none; stroke-width: 0.35; stroke: var(--muted); }
.sign path.good { stroke: var(--good); }
.sign path.bad { stroke: var(--bad); }
.sign path.warn { stroke: var(--warn); }
.sign path.good.solid { fill: var(--good); }
.sign path.warn.solid { fill: var(--warn); }
.swatch { display: inline-block; width: 1em; height: 0.8em; border-radius: 2px; vertical-align: -0.05em; background: var(--track); }
.swatch.good { background: var(--good); }
.swatch.bad { background: var(--bad); }
.swatch.measured { background: var(--muted); }
.swatch.warn { background: var(--warn); }
.swatch.band { background: var(--bad-band); outline: 1px solid var(--line); }
.swatch.gone { background: var(--gone); }
.swatch.most { background: var(--most); }
.swatch.cut { background: var(--cut); }
.swatch.some { background: var(--some); }
.bar { vertical-align: 0; }
.bar rect { fill: var(--muted); }
.bar .rest { fill: var(--track); }
.bar .declared { fill: var(--warn); }
.bar .mixed { fill: var(--link); }
.kind.declared { color: var(--warn); font-weight: 600; }
.kind.mixed { color: var(--link); font-weight: 600; }
details { margin: 10px 0; }
summary { cursor: pointer; color: var(--link); font-weight: 600; padding: 4px 0; }
.shots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr)); gap: 16px; }
.shots img { width: 100%; height: auto; border: 1px solid var(--line); border-radius: 4px; }
@media (max-width: 480px) {
  body { padding: 16px 14px 32px; }
  h1 { font-size: 1.6rem; }
  h2 { font-size: 1.25rem; }
  table { font-size: 0.85rem; }
  th, td { padding: 5px 6px; min-width: 4em; }
  tbody th { min-width: 6em; }
}
@media print {
  :root {
    color-scheme: light; ${LIGHT} --ink: #000000; --muted: #444c56;
  }
  body { max-width: none; padding: 0; font-size: 10.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .scroll { overflow: visible; }
  .chart { max-width: 100%; height: auto; }
  pre { white-space: pre-wrap; }
  article { break-before: page; }
  figure, tr, .brief section, .notice, .honest { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  thead { display: table-header-group; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  summary { color: inherit; list-style: none; }
}
`;
