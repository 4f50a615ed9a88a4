import { makeProblem, type Problem } from "@kosmarket/kit";
import { placeInText } from "../source/index.ts";
import type { Check } from "./check.ts";
import { countOf } from "./count-of.ts";

const MOST_FINDINGS = 20;
const HOOK = /"(preinstall|install|postinstall|prepare|prepublish|preprepare|postprepare)"\s*:/g;

/** Holds packages whose `package.json` runs commands when something installs it. */
export const installHooksCheck: Check = {
  id: "install-hooks",
  severity: "H",
  title: "Install hooks",
  needs: "sound-plugin",
  run(contents) {
    const files = contents.texts().filter(({ path }) => /(?:^|\/)package\.json$/.test(path));
    const findings: Problem[] = files.flatMap(({ path, text }) =>
      [...text.matchAll(HOOK)].slice(0, MOST_FINDINGS).map((match) =>
        makeProblem({
          code: "source.install-hook",
          check: "install-hooks",
          severity: "H",
          file: path,
          ...placeInText(text, match.index),
          detail: `The script \`${match[1] ?? ""}\` runs when the package is installed with npm.`,
          suggestion: "Take it out; a host runs the entrypoint only.",
        }),
      ),
    );
    return { lookedAt: `${countOf(files.length, "package.json file")}.`, findings };
  },
};
