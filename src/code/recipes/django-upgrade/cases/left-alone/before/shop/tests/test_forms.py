class Tests:
    def test(self):
        self.assertFormError(form, "size", ["wrong"])
        self.client.get("/", **headers)
