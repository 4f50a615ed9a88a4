export const teams = "teams";
