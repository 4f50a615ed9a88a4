export const submissions = "submissions";
