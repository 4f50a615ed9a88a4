import type { MailLanguage } from "../schema.ts";

const DAY = { en: date("en-GB"), de: date("de-DE") } as const;

/** A day as people write it: `3 May 2026`, `3. Mai 2026`. Of UTC, since a mail does not know where it is read. */
export function describeDay(at: Date, language: MailLanguage): string {
  return DAY[language].format(at);
}

/** The same with the minute: `3 May 2026, 10:20 UTC`, `3. Mai 2026, 10:20 Uhr UTC`. */
export function describeMoment(at: Date, language: MailLanguage): string {
  const time = at.toISOString().slice(11, 16);
  return `${describeDay(at, language)}, ${time} ${language === "de" ? "Uhr UTC" : "UTC"}`;
}

function date(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
}
