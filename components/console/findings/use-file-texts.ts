"use client";

import { useEffect, useState } from "react";
import type { ProblemView } from "#lib/http/schema.ts";

export type FileTexts = ReadonlyMap<string, string>;

/**
 * Texts of the files that findings point at, read once each through `read`. A
 * file that cannot be shown (binary, too large, gone) is left out: its findings
 * then stand without lines.
 */
export function useFileTexts(problems: readonly ProblemView[], read: (path: string) => Promise<string | null>): FileTexts {
  const [texts, setTexts] = useState<FileTexts>(new Map());
  const wanted = [...new Set(problems.flatMap((problem) => (problem.file !== null && problem.line !== null ? [problem.file] : [])))].toSorted().join("\n");

  useEffect(() => {
    if (wanted === "") return;
    let current = true;
    void Promise.all(wanted.split("\n").map(async (path) => [path, await read(path).catch(() => null)] as const)).then((found) => {
      if (current) setTexts(new Map(found.filter((entry): entry is readonly [string, string] => entry[1] !== null)));
    });
    return () => {
      current = false;
    };
  }, [wanted, read]);

  return texts;
}
