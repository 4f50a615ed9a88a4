import { makeProblem, type Problem, type Severity } from "@kosmarket/kit";
import parse from "spdx-expression-parse";
import type { PackageContents } from "../package/package-contents.ts";
import type { Check } from "./check.ts";

/** Path of a licence text at the root of a package. */
export const LICENCE_FILE = /^(?:licen[cs]e|copying|unlicense)(?:[.-][\w.-]+)?$/i;

/** The licence is an SPDX expression, and its text is in the package. */
export const licenceCheck: Check = {
  id: "licence",
  severity: "B",
  title: "Licence",
  needs: "manifest",
  run(contents) {
    const findings: Problem[] = [];
    const licence = contents.plugin?.license ?? contents.service?.license;
    if (licence === undefined) findings.push(report(contents, "licence.missing", "W", "The manifest names no licence, so nobody knows what they may do with it.", "Add `license:` with an SPDX identifier such as `Apache-2.0`."));
    else if (!isSpdx(licence)) findings.push(report(contents, "licence.invalid", "B", `\`${licence}\` is not an SPDX licence expression.`, "Use an identifier from https://spdx.org/licenses, as it is written there."));
    const { archive } = contents;
    if (archive !== null && archive.problems.length === 0 && !archive.files.paths.some((path) => LICENCE_FILE.test(path))) {
      findings.push(makeProblem({ code: "licence.file-missing", check: "licence", severity: "W", detail: "There is no `LICENSE` file at the root of the package.", suggestion: "Add the licence's text." }));
    }
    return { lookedAt: archive === null ? "`license` of the manifest." : "`license` of the manifest and the files at the root.", findings };
  },
};

function isSpdx(expression: string): boolean {
  try {
    parse(expression);
    return true;
  } catch {
    return false;
  }
}

function report(contents: PackageContents, code: "licence.missing" | "licence.invalid", severity: Severity, detail: string, suggestion: string): Problem {
  const pointer = contents.service === null ? "/license" : "/services/0/license";
  return makeProblem({ code, check: "licence", severity, file: contents.manifestFile, pointer, ...contents.locate(pointer), detail, suggestion });
}
