// eslint: eqeqeq
export const same = (left: string, right: string) => left == right;
