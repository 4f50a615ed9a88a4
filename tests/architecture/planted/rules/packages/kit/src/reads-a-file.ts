// dependency-cruiser: kit-without-node
import { readFileSync } from "node:fs";

export const seen = readFileSync;
