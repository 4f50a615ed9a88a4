import { parse } from "semver";

export const seen = parse;
