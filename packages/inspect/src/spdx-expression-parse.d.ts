declare module "spdx-expression-parse" {
  /** Parses an SPDX licence expression; throws for anything else. */
  export default function parse(source: string): object;
}
