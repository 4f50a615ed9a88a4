import type { MailFact } from "../define-mail.ts";
import type { MailLanguage } from "../schema.ts";

interface Link {
  label: string;
  url: string;
}

interface Layout {
  language: MailLanguage;
  subject: string;
  paragraphs: string[];
  facts: MailFact[];
  link: Link | null;
  /** Why this mail came. */
  why: string;
  /** How to change that. */
  ways: Link[];
}

/**
 * Readable without it: mail readers that drop styles show plain paragraphs and links. Colours are those of the pages
 * (app/globals.css), the mark before the name is their ladder, drawn without a picture.
 */
const STYLE = `
:root{color-scheme:light dark}
body{margin:0;background:#fcfbf9;color:#1f1b17;font:16px/1.6 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:34em;margin:0 auto;padding:32px 20px}
.brand{margin:0 0 28px;font-size:14px;font-weight:600;line-height:20px}
.brand::before{content:"";display:inline-block;width:8px;height:18px;margin-right:9px;vertical-align:-4px;border:solid;border-width:0 1.6px;background:repeating-linear-gradient(transparent 0 2px,#006a6a 2px 3.6px)}
h1{margin:0 0 16px;font-size:20px;font-weight:600;line-height:1.35;letter-spacing:-.012em;overflow-wrap:anywhere}
p{margin:0 0 16px;overflow-wrap:anywhere}
dl{margin:0 0 20px;padding:12px 16px;border-radius:6px;background:#f1efec;font-size:14px;line-height:1.45}
dt{color:#5a5650;font-size:13px}
dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}
dd+dt{margin-top:8px}
.action{display:inline-block;margin-top:4px;padding:9px 16px;border-radius:6px;background:#006a6a;color:#fff;text-decoration:none;font-weight:500}
.address,footer{font-size:13px;color:#5a5650}
.address a,footer a{color:inherit}
footer{margin-top:32px;padding-top:16px;border-top:1px solid #dbd7d2}
footer p{margin:0 0 4px}
@media (prefers-color-scheme:dark){
body{background:#11100f;color:#f1ece6}
.brand::before{background:repeating-linear-gradient(transparent 0 2px,#52c6c0 2px 3.6px)}
dl{background:#1e1c1a}
.action{background:#52c6c0;color:#031a1a}
dt,.address,footer{color:#b4aea9}
footer{border-color:#373330}
}`;

/** Lays a mail out as HTML without tables or pictures, light and dark, and as its plain twin; each address stands on a line of its own. */
export function layOut(mail: Layout): { text: string; html: string } {
  return { text: `${layOutText(mail)}\n`, html: layOutHtml(mail) };
}

/** Paragraphs are not broken by hand: the transport does that as RFC 3676 says, so that a narrow screen breaks them anew. */
function layOutText({ paragraphs, facts, link, why, ways }: Layout): string {
  const told = facts.length === 0 ? [] : [facts.map(({ label, value }) => `${label}: ${value}`).join("\n")];
  const plainLinks = link === null ? [] : [`${link.label}:\n${link.url}`];
  return [...paragraphs, ...told, ...plainLinks, ["-- ", "kOS Marketplace", why, ...ways.map((way) => `${way.label}: ${way.url}`)].join("\n")].join("\n\n");
}

function layOutHtml({ language, subject, paragraphs, facts, link, why, ways }: Layout): string {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title><style>${STYLE}</style>`;
  // What a list of mails shows beside the subject; without it that would be the name and the subject once more.
  const preview = `<div style="display:none">${escapeHtml(paragraphs[0] ?? "")}</div>`;
  const told = facts.length === 0 ? [] : [`<dl>${facts.map(({ label, value }) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`).join("")}</dl>`];
  const action = link === null ? [] : [`<p><a class="action" href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p><p class="address">${escapeHtml(link.url)}</p>`];
  const body = [`<h1>${escapeHtml(subject)}</h1>`, ...paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`), ...told, ...action];
  const foot = [`<p>${escapeHtml(why)}</p>`, ...ways.map((way) => `<p><a href="${escapeHtml(way.url)}">${escapeHtml(way.label)}</a></p>`)];
  return `<!doctype html>\n<html lang="${language}"><head>${head}</head><body>${preview}<main>\n<p class="brand">kOS Marketplace</p>\n${body.join("\n")}\n<footer>\n${foot.join("\n")}\n</footer>\n</main></body></html>\n`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
