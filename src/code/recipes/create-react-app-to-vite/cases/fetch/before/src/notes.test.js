import { notes } from './notes'

test('asks for them', async () => {
  const open = jest.spyOn(XMLHttpRequest.prototype, 'open')
  notes().catch(() => undefined)
  expect(open).toHaveBeenCalledWith('GET', '/notes', true)
})
