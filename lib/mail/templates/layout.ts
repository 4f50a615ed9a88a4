import type { MailLanguage } from "../schema.ts";

interface Link {
  label: string;
  url: string;
}

interface Layout {
  language: MailLanguage;
  subject: string;
  paragraphs: string[];
  link: Link | null;
  /** Why this mail came. */
  why: string;
  /** How to change that. */
  ways: Link[];
}

/** Readable without it: mail readers that drop styles show plain paragraphs and links. */
const STYLE = `
:root{color-scheme:light dark}
body{margin:0;background:#f9f9f8;color:#21201c;font:16px/1.6 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:34em;margin:0 auto;padding:32px 20px}
.brand{margin:0 0 24px;font-size:14px;font-weight:600;letter-spacing:.01em}
p{margin:0 0 16px;overflow-wrap:anywhere}
.action{display:inline-block;padding:9px 16px;border-radius:6px;background:#21201c;color:#fdfdfc;text-decoration:none;font-weight:500}
.address,footer{font-size:13px;color:#63635e}
.address a,footer a{color:inherit}
footer{margin-top:32px;padding-top:16px;border-top:1px solid #dad9d6}
footer p{margin:0 0 4px}
@media (prefers-color-scheme:dark){
body{background:#111110;color:#eeeeec}
.action{background:#eeeeec;color:#111110}
.address,footer{color:#b5b3ad}
footer{border-color:#3b3a37}
}`;

/** Lays a mail out as HTML without tables or pictures, light and dark, and as its plain twin; each address stands on a line of its own. */
export function layOut({ language, subject, paragraphs, link, why, ways }: Layout): { text: string; html: string } {
  const plainLinks = link === null ? [] : [`${link.label}:\n${link.url}`];
  const text = [...paragraphs, ...plainLinks, ["-- ", "kOS Marketplace", why, ...ways.map((way) => `${way.label}: ${way.url}`)].join("\n")].join("\n\n");
  const action = link === null ? "" : `<p><a class="action" href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p><p class="address">${escapeHtml(link.url)}</p>`;
  const body = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join("\n");
  const foot = [`<p>${escapeHtml(why)}</p>`, ...ways.map((way) => `<p><a href="${escapeHtml(way.url)}">${escapeHtml(way.label)}</a></p>`)].join("\n");
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title><style>${STYLE}</style>`;
  return {
    text: `${text}\n`,
    html: `<!doctype html>\n<html lang="${language}"><head>${head}</head><body><main>\n<p class="brand">kOS Marketplace</p>\n${body}\n${action}\n<footer>\n${foot}\n</footer>\n</main></body></html>\n`,
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
