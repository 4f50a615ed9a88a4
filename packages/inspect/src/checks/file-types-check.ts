import { makeProblem } from "@kosmarket/kit";
import type { Check } from "./check.ts";
import { countOf } from "./count-of.ts";

const USUAL_TYPE =
  /\.(?:[cm]?[tj]s|[tj]sx|json|jsonc|json5|ya?ml|toml|xml|csv|tsv|md|mdx|txt|rst|html?|css|scss|svg|png|jpe?g|gif|webp|ico|wasm|wat|mp3|wav|ogg|flac|woff2?|ttf|otf|map|lock|graphql|proto|sql|glsl|wgsl|ics|po|pot|onnx|asc|sig)$/i;
const USUAL_NAME = /^(?:licen[cs]e|copying|notice|authors|contributors|changelog|changes|readme|security|codeowners|makefile|version)(?:[.-][\w.-]*)?$/i;
const MOST_FINDINGS = 50;

/** Holds packages with files that a plugin seldom has: programs, nested archives, unknown data. */
export const fileTypesCheck: Check = {
  id: "file-types",
  severity: "H",
  title: "File types",
  needs: "sound-archive",
  run({ archive }) {
    // Hidden files have a check of their own.
    const paths = archive?.files.paths ?? [];
    const unusual = paths.filter((path) => {
      const name = path.slice(path.lastIndexOf("/") + 1);
      return !/(?:^|\/)\./.test(path) && !USUAL_TYPE.test(name) && !USUAL_NAME.test(name);
    });
    const findings = unusual.slice(0, MOST_FINDINGS).map((file) =>
      makeProblem({
        code: "package.file-type",
        check: "file-types",
        severity: "H",
        file,
        detail: "Files of this type are unusual in a package; a person will look at what it is for.",
        suggestion: "Leave it out, or say in the README what it is for.",
      }),
    );
    return { lookedAt: `The names of ${countOf(paths.length, "file")}.`, findings };
  },
};
