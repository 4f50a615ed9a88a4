export const trust = "trust";
