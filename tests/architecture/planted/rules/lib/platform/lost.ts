// dependency-cruiser: no-unresolved
import { absent } from "./absent.ts";

export const found = absent;
