import express from 'express'
import { app } from './app'

const server = app.listen(3000, () => {
  console.log('Listening')
})
server.on('error', (error) => console.error(error))

express().listen(3001, (error) => {
  if (error) throw error
  console.log('Listening')
})
express().listen(3002, (error) => { if (error) throw error; console.log('Listening') })
