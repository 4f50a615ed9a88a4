export const mail = "mail";
