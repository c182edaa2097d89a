/** Of new passwords, in characters. Older ones may be shorter. */
export const PASSWORD_LENGTH = { minimum: 10, maximum: 128 };
