import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { MAILS, writeMail } from "#lib/mail/index.ts";
import { MAIL_LANGUAGES } from "#lib/mail/schema.ts";

const SENDER = { publicUrl: "https://market.example", unsubscribeUrl: "https://market.example/api/v1/mail/unsubscribe?t=example" };
/** Words that only the one language has: a text left in the other shows by them. */
const OWN = { en: /\b(the|your|you|this|is|was|and)\b/i, de: /\b(der|die|das|den|Sie|Ihre?n?m?r?|dieses?|ist|wurde|und)\b/ };
const FOREIGN = { en: /\b(Sie|wurde|und|nicht)\b/, de: /\b(your|you|and|has)\b/i };

const addressesIn = (text: string) => text.match(/https?:\/\/[^\s"<>]+/g) ?? [];
/** Names of the facts in the HTML. */
const labelsOf = (html: string) => [...html.matchAll(/<dt>([^<]*)<\/dt>/g)].map(([, label]) => label);

describe.each(MAILS.map((mail) => [mail.event, mail] as const))("%s", (_event, mail) => {
  const written = Object.fromEntries(MAIL_LANGUAGES.map((language) => [language, writeMail(mail.sample(), language, SENDER)]));

  test.each(MAIL_LANGUAGES)("is whole in %s: subject, text and HTML say the same, with nothing left out", (language) => {
    const { subject, text, html } = written[language] ?? { subject: "", text: "", html: "" };
    expect(subject.length).toBeGreaterThan(5);
    expect(subject.length).toBeLessThan(120);
    for (const form of [subject, text, html.replace(/<style>.*<\/style>/s, "")]) expect(form).not.toMatch(/undefined|null|NaN|\[object|\$\{|\{\w+\}/);
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).not.toMatch(/<(?:table|img|script|link)\b/);
    const words = mail.sample().words(language);
    for (const paragraph of words.paragraphs) expect(text).toContain(paragraph);
    for (const { label, value } of words.facts ?? []) expect(text.split("\n")).toContain(`${label}: ${value}`);
    for (const label of labelsOf(html)) expect((words.facts ?? []).map((fact) => fact.label)).toContain(label);
    expect(words.paragraphs.join(" ")).toMatch(OWN[language]);
    expect(words.paragraphs.join(" ")).not.toMatch(FOREIGN[language]);
  });

  test("has the same links in every language, each on a line of its own in the text and once or more in the HTML", () => {
    const { en, de } = written;
    expect(addressesIn(de?.text ?? "")).toEqual(addressesIn(en?.text ?? ""));
    const { url } = mail.sample();
    for (const language of MAIL_LANGUAGES) {
      expect(mail.sample().words(language).action === undefined).toBe(url === null);
      if (url !== null) expect(written[language]?.text.split("\n")).toContain(url);
      if (url !== null) expect(written[language]?.html).toContain(`href="${url.replaceAll("&", "&#38;")}"`);
    }
  });

  test("says why it came, and offers a way out exactly where there is one", () => {
    for (const language of MAIL_LANGUAGES) {
      // Whoever cannot sign in is sent nowhere that asks for it.
      expect(written[language]?.text.includes("market.example/settings/mail")).toBe(mail.sample().signedOut !== true);
      expect(written[language]?.text.includes(SENDER.unsubscribeUrl)).toBe(mail.group !== "security");
    }
  });
});

test("every mail that is defined is listed, and its name is its own", () => {
  const folder = join(import.meta.dirname, "../../../lib/mail/templates");
  const defined = readdirSync(folder).filter((file) => readFileSync(join(folder, file), "utf8").includes("defineMail<"));
  const listed = readFileSync(join(folder, "index.ts"), "utf8");
  expect(defined.filter((file) => !listed.includes(`./${file}`))).toEqual([]);
  expect(new Set(MAILS.map((mail) => mail.event)).size).toBe(MAILS.length);
});

test("what others wrote stays text: no markup in the HTML, no further header out of the subject", () => {
  const evil = '<img src=x onerror="alert(1)">\r\nBcc: everyone@example.org';
  const { subject, html } = writeMail({ event: "test", group: "team", url: `https://market.example/?q=${encodeURIComponent('"><b>')}`, words: () => ({ subject: evil, paragraphs: [evil], action: evil }) }, "de", SENDER);
  expect(subject).not.toMatch(/[\r\n]/);
  expect(html).not.toContain("<img");
  expect(html).not.toContain("<b>");
});
