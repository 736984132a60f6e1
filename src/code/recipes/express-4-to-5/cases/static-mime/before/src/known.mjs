import express from 'express'
import * as types from 'mime-types'

export const { lookup } = express.static.mime
export const png = types.lookup('png')
