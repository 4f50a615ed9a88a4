import { importOsv, importPackageNames } from "#lib/catalog/index.ts";
import { badRequest } from "#lib/http/index.ts";
import type { Command } from "./command.ts";

/** What an operator loads from files that others publish. */
export const IMPORT_COMMANDS: Record<string, Command> = {
  "import-osv": {
    usage: "import-osv FILE|FOLDER…",
    does: "load known vulnerabilities (OSV JSON, or .jsonl); again changes nothing that is not newer",
    run: async (deps, paths) => {
      const total = { files: 0, written: 0, unchanged: 0, passedOver: 0, refused: [] as { file: string; detail: string }[] };
      for (const path of paths.length === 0 ? [required("FILE")] : paths) {
        const report = await importOsv(deps, path);
        for (const key of ["files", "written", "unchanged", "passedOver"] as const) total[key] += report[key];
        total.refused.push(...report.refused);
      }
      const lines = [`${total.written} written, ${total.unchanged} already there, ${total.passedOver} about other ecosystems, from ${total.files} files`, ...total.refused.map((each) => `refused ${each.file}: ${each.detail}`)];
      return { text: lines.join("\n"), json: total, failed: total.refused.length > 0 };
    },
  },
  "import-npm-names": {
    usage: "import-npm-names FILE",
    does: "load names of npm packages, one in a line, that listings are compared with",
    run: async (deps, [path]) => {
      const report = await importPackageNames(deps, "npm", path ?? required("FILE"));
      return { text: `${report.added} names added of ${report.read}`, json: report };
    },
  },
};

function required(name: string): never {
  throw badRequest(`${name} is missing.`);
}
