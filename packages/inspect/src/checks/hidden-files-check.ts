import { makeProblem, type Problem } from "@kosmarket/kit";
import type { Check } from "./check.ts";
import { countOf } from "./count-of.ts";

const VERSION_CONTROL = /(?:^|\/)(?:\.git|\.hg|\.svn|\.bzr|CVS|_darcs)(?:\/|$)/;
const HIDDEN = /(?:^|\/)(?:\.[^/]+|__MACOSX|Thumbs\.db|desktop\.ini)(?:\/|$)/i;

/** Warns about files that were packed by accident; a version control folder can hold deleted secrets. */
export const hiddenFilesCheck: Check = {
  id: "hidden-files",
  severity: "W",
  title: "Hidden and version control files",
  needs: "sound-archive",
  run({ archive }) {
    const paths = archive?.files.paths ?? [];
    const findings: Problem[] = [];
    const versioned = paths.filter((path) => VERSION_CONTROL.test(path));
    const hidden = paths.filter((path) => HIDDEN.test(path) && !VERSION_CONTROL.test(path));
    if (versioned[0] !== undefined) findings.push(report("package.version-control", versioned[0], `${versioned.length} files belong to a version control folder, whose history may hold more than you mean to publish.`));
    if (hidden[0] !== undefined) findings.push(report("package.hidden-file", hidden[0], `${hidden.length} hidden or system files were packed, this one first.`));
    return { lookedAt: `The names of ${countOf(paths.length, "file")}.`, findings };
  },
};

function report(code: "package.version-control" | "package.hidden-file", file: string, detail: string): Problem {
  return makeProblem({ code, check: "hidden-files", severity: "W", file, detail, suggestion: "Pack with `kos pack`, which leaves them out." });
}
