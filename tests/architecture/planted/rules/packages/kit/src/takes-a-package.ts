// dependency-cruiser: kit-is-alone
import { pino } from "pino";

export const seen = pino;
