import { runFiles, type Outcome } from "./runner.ts";

/** Called by the page, which holds the vectors already. */
export async function runInPage(files: string[]): Promise<Outcome[]> {
  return await runFiles(Object.fromEntries(files.map((file) => [file, () => import(/* @vite-ignore */ new URL(`../${file}`, import.meta.url).href) as Promise<unknown>])));
}
