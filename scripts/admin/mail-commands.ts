import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { badRequest } from "#lib/http/index.ts";
import { MAILS, writeMail } from "#lib/mail/index.ts";
import { MAIL_LANGUAGES } from "#lib/mail/schema.ts";
import type { Answer, Options } from "./command.ts";

const SENDER = { publicUrl: "https://market.example", unsubscribeUrl: "https://market.example/api/v1/mail/unsubscribe?t=example" };

/** Shows what mails look like, with made-up data: needs no database and sends nothing. */
export const MAIL_COMMANDS = {
  "preview-mail": {
    usage: "preview-mail [EVENT] [--language en|de] [--out FOLDER]",
    does: "write each mail, or that of one event, as .html and .txt to a folder (mails)",
    runAlone: ([event]: string[], options: Options): Promise<Answer> => {
      const languages = MAIL_LANGUAGES.filter((language) => options.language === undefined || language === options.language);
      if (languages.length === 0) throw badRequest(`\`${options.language ?? ""}\` is not a language of mails; they are ${MAIL_LANGUAGES.join(", ")}.`);
      const mails = MAILS.filter((mail) => event === undefined || mail.event === event);
      if (mails.length === 0) throw badRequest(`\`${event ?? ""}\` is no mail; they are ${MAILS.map((mail) => mail.event).join(", ")}.`);
      // Relative to where the command was typed.
      const folder = resolve(process.env["INIT_CWD"] ?? ".", options.out ?? "mails");
      mkdirSync(folder, { recursive: true });
      const files = mails.flatMap((mail) => languages.flatMap((language) => {
        const { subject, text, html } = writeMail(mail.sample(), language, SENDER);
        const name = join(folder, `${mail.event}.${language}`);
        writeFileSync(`${name}.html`, html);
        writeFileSync(`${name}.txt`, `${subject}\n\n${text}`);
        return [`${name}.html`, `${name}.txt`];
      }));
      return Promise.resolve({ text: files.join("\n"), json: { files } });
    },
  },
};
