import { dictionary } from "@zxcvbn-ts/language-common";
import { z } from "zod";
import { PASSWORD_LENGTH } from "#app/auth/password-length.ts";

const { minimum, maximum } = PASSWORD_LENGTH;
const ONE_CHARACTER = /^(.)\1*$/isu;
/** The list is in lower case and has about 50,000 passwords. Shorter ones are refused anyway. */
const common = new Set(dictionary["passwords-common"].filter((password) => password.length >= minimum));

export const NewPassword = z
  .string()
  .min(minimum, `At least ${minimum} characters`)
  .max(maximum, `At most ${maximum} characters`)
  .refine((password) => !ONE_CHARACTER.test(password), "That is one character repeated: choose another password")
  .refine((password) => !common.has(password.toLowerCase()), "Too many people use that password: choose another one");
