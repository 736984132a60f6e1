from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AlterIndexTogether(name="order", index_together={("owner", "day")}),
        migrations.AlterIndexTogether(name="order", index_together=set([])),
        migrations.AlterIndexTogether(name="line", index_together=set()),
    ]
