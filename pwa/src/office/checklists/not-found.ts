/** There is no checklist of this code. */
export class NotFound extends Error {}
