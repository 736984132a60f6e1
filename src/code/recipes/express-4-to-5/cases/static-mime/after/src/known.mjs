import express from 'express'
import * as types from 'mime-types'

export const { lookup } = types
export const png = types.lookup('png')
