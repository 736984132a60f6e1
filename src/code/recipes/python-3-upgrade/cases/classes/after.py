class Animal:
    def __init__(self, name):
        super().__init__()
        self.name = name


class Dog(Animal):
    def legs(self):
        yield from range(4)

    def described(self):
        return super(Animal, self).described()
