export const people = "people";
