/** Started by Deno: `run-in-deno.ts FILE…`, vectors as JSON on the standard input, outcomes as JSON on the standard output. */
import { runFiles } from "./runner.ts";

declare const Deno: { args: string[]; stdin: { readable: ReadableStream<Uint8Array> }; version: { deno: string } };

(globalThis as unknown as { kitVectors: unknown }).kitVectors = await new Response(Deno.stdin.readable).json();
const outcomes = await runFiles(Object.fromEntries(Deno.args.map((file) => [file, () => import(new URL(`../${file}`, import.meta.url).href) as Promise<unknown>])));
console.log(JSON.stringify({ platform: `Deno ${Deno.version.deno}`, outcomes }));
