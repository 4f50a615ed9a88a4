import { createHash } from "node:crypto";
import { Transform, Writable, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from, to } from "pg-copy-streams";
import { quote, type Table } from "./read-catalogue.ts";

/** How many rows a table has and what they hash to, in their order and in COPY's text form. */
export interface Digest {
  rows: number;
  /** 64 lower-case hex digits. */
  sha256: string;
}

/** Rows of a table into `sink`, in COPY's text form: one line for each. */
export async function copyTableOut(client: pg.Client, table: Table, sink: Writable): Promise<Digest> {
  const rows = client.query(to(`COPY (SELECT ${columnsOf(table)} FROM ${nameOf(table)} t ORDER BY ${table.order}) TO STDOUT`));
  const counted = countLines();
  await pipeline(rows, counted.stream, sink);
  return counted.digest();
}

/** What is in a table now, as {@link copyTableOut} would describe it. */
export async function digestTable(client: pg.Client, table: Table): Promise<Digest> {
  return await copyTableOut(client, table, new Writable({ write: (_chunk, _encoding, done) => done() }));
}

/** Rows in COPY's text form into a table, whose triggers and defaults are the caller's matter. */
export async function copyTableIn(client: pg.Client, table: Table, rows: Readable): Promise<Digest> {
  const counted = countLines();
  await pipeline(rows, counted.stream, client.query(from(`COPY ${nameOf(table)} (${columnsOf(table)}) FROM STDIN`)));
  return counted.digest();
}

/** From one server to the other without a stop on disk. */
export async function copyTableBetween(source: pg.Client, target: pg.Client, table: Table): Promise<Digest> {
  const rows = source.query(to(`COPY (SELECT ${columnsOf(table)} FROM ${nameOf(table)} t ORDER BY ${table.order}) TO STDOUT`));
  return await copyTableIn(target, table, rows);
}

function nameOf(table: Table): string {
  return `${quote(table.schema)}.${quote(table.name)}`;
}

function columnsOf(table: Table): string {
  return table.columns.map(quote).join(", ");
}

/** COPY escapes the line ends inside of values, so that each that is left ends a row. */
function countLines(): { stream: Transform; digest: () => Digest } {
  const hash = createHash("sha256");
  let rows = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) rows++;
      done(null, chunk);
    },
  });
  return { stream, digest: () => ({ rows, sha256: hash.digest("hex") }) };
}
