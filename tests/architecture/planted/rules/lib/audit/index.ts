export const audit = "audit";
