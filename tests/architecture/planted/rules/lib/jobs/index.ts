export const jobs = "jobs";
