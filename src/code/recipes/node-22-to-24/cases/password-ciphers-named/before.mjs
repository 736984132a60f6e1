import { createCipher as toCipher, createDecipher, randomBytes } from "node:crypto"

export const lock = (text) => {
	const cipher = toCipher("aes-256-cbc", process.env.SECRET)
	return cipher.update(text, "utf8", "hex") + cipher.final("hex") + randomBytes(1).length
}
export const open = () => createDecipher("aes-256-cbc", process.env.SECRET)
