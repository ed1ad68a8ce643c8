/** Text as it may stand in HTML, in attributes too. */
export function escaped(text: string): string {
  const names = new Map([
    ['&', '&amp;'],
    ['<', '&lt;'],
    ['>', '&gt;'],
    ['"', '&quot;'],
    ["'", '&#39;'],
  ]);
  return text.replace(/[&<>"']/g, (sign) => names.get(sign) ?? sign);
}

/** `1m 5s`, as GitHub writes how long a job took. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return minutes === 0 ? `${rest}s` : `${minutes}m ${rest}s`;
}

/** The mark before a job or an annotation: a round sign drawn in SVG, since fonts differ. */
export function mark(kind: 'success' | 'failure' | 'cancelled' | 'skipped' | 'error' | 'warning' | 'notice'): string {
  const [colour, shape] = {
    success: ['#1a7f37', '<path d="M4.5 8.2l2.4 2.4 4.8-5" class="line"/>'],
    failure: ['#d1242f', '<path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" class="line"/>'],
    cancelled: ['#6e7781', '<path d="M5 11l6-6" class="line"/>'],
    skipped: ['#8c959f', '<path d="M5 11l6-6" class="line"/>'],
    error: ['#d1242f', '<path d="M8 4v5M8 11.2v.6" class="line"/>'],
    warning: ['#9a6700', '<path d="M8 4v5M8 11.2v.6" class="line"/>'],
    notice: ['#0969da', '<path d="M8 4.4v.6M8 7v5" class="line"/>'],
  }[kind];
  return `<svg class="mark" viewBox="0 0 16 16" width="16" height="16"><circle cx="8" cy="8" r="7.5" fill="${colour}"/>${shape}</svg>`;
}

/** What GitHub's pages look like, as far as it matters for reading them. */
export const style = `
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1f2328; font: 14px/1.5 "Liberation Sans", Arial, sans-serif; }
.mark { flex: none; vertical-align: -3px; } .mark .line { fill: none; stroke: #fff; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
main { max-width: 1012px; margin: 0 auto; padding: 16px; }
h1 { font-size: 24px; font-weight: 400; margin: 0 0 8px; overflow-wrap: anywhere; } h1 small { color: #59636e; font-size: 24px; }
h2 { font-size: 16px; margin: 24px 0 8px; }
.grey { color: #59636e; } .small { font-size: 12px; } .mono { font-family: "Liberation Mono", monospace; font-size: 12px; }
.pill { display: inline-block; border-radius: 2em; padding: 2px 12px; color: #fff; font-weight: 600; font-size: 13px; }
.label { display: inline-block; border: 1px solid #d1d9e0; border-radius: 2em; padding: 0 8px; font-size: 12px; font-weight: 600; }
.box { border: 1px solid #d1d9e0; border-radius: 6px; margin: 0 0 16px; overflow: hidden; }
.box > header { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; padding: 8px 16px; font-weight: 600; }
.row { display: flex; gap: 8px; align-items: flex-start; padding: 8px 16px; border-top: 1px solid #d1d9e0; overflow-wrap: anywhere; }
.row:first-child, header + .row { border-top: 0; } .row .mark { margin-top: 3px; } .row .end { margin-left: auto; white-space: nowrap; }
.row > div { min-width: 0; }
.message { white-space: pre-wrap; overflow-wrap: anywhere; }
`;
