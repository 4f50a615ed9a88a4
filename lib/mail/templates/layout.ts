/** Wraps paragraphs as a plain HTML mail and its text twin; a link stands on a line of its own in both. */
export function letter(input: { paragraphs: string[]; link?: { label: string; url: string } }): { text: string; html: string } {
  const link = input.link;
  const text = [...input.paragraphs, ...(link === undefined ? [] : [`${link.label}:\n${link.url}`])].join("\n\n");
  const button = link === undefined ? "" : `<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>`;
  const html = `<!doctype html><html lang="en"><body style="font:16px/1.6 system-ui,sans-serif;color:#21201c;max-width:34em">${input.paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join("")}${button}</body></html>`;
  return { text: `${text}\n`, html };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
