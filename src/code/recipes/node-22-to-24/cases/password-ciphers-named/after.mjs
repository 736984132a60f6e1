import { createCipheriv, createHash, getCipherInfo, createDecipheriv, randomBytes } from "node:crypto"

export const lock = (text) => {
	const cipher = createCipheriv("aes-256-cbc", ...keyAndVectorOf("aes-256-cbc", process.env.SECRET))
	return cipher.update(text, "utf8", "hex") + cipher.final("hex") + randomBytes(1).length
}
export const open = () => createDecipheriv("aes-256-cbc", ...keyAndVectorOf("aes-256-cbc", process.env.SECRET))

function keyAndVectorOf(algorithm, password) {
	const { keyLength, ivLength = 0 } = getCipherInfo(algorithm) ?? {}
	let bytes = Buffer.alloc(0)
	for (let last = bytes; bytes.length < keyLength + ivLength; bytes = Buffer.concat([bytes, last])) {
		last = createHash("md5").update(last).update(password).digest()
	}
	const vector = ivLength === 0 ? null : bytes.subarray(keyLength, keyLength + ivLength)
	return [bytes.subarray(0, keyLength), vector]
}
