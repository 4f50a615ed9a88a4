// eslint: eqeqeq
/* eslint-disable eqeqeq */
export const same = (left: string, right: string) => left == right;
