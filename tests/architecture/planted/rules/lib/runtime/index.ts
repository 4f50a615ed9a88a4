export const runtime = "runtime";
