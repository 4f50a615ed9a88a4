import { inspectArchive, inspectPackage } from "@kosmarket/inspect";
import { readCorpus, readVector } from "#tests/support/read-corpus.ts";
import { openReaders } from "#tests/support/readers/compare-readers.ts";
import { mutateArchive } from "../mutate-archive.ts";
import type { Target } from "../target.ts";

const SAFE_NAME = /^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[^\\:\p{Cc}]+$/u;

/** Packages: no exception, no unsafe name, and nothing accepted that Python, unzip or tar read differently. */
export function archiveTarget(): Target {
  const readers = openReaders();
  return {
    seeds: readCorpus("archive").map(({ file }) => readVector("archive", file)).filter((bytes) => bytes.length < 100_000),
    mutate: mutateArchive,
    async judge(input) {
      const verdict = await inspectArchive(input);
      if (verdict.problems.some(({ severity }) => severity === "B")) return { accepted: false, finding: null };
      await inspectPackage(input);
      const unsafe = verdict.entries.find(({ path }) => !SAFE_NAME.test(path));
      if (unsafe !== undefined) return { accepted: true, finding: `accepts the name ${JSON.stringify(unsafe.path)}` };
      const expected = new Map(verdict.entries.filter(({ isDirectory }) => !isDirectory).map(({ path, sha256 }) => [path, sha256]));
      const differs = verdict.format === null ? [] : await readers.disagreements(input, verdict.format, expected);
      return { accepted: true, finding: differs.length === 0 ? null : differs.join("; ") };
    },
    close: readers.close,
  };
}
