export const admin = "admin";
