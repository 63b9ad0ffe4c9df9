from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0010_whole_points_or_none'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('merged_into__isnull', True), ('status', 'published')), fields=['id', 'start_date', 'end_date', 'sub_event_type', 'public_geo_precision', 'public_latitude', 'public_longitude', 'public_place', 'dataset'], name='event_public'),
        ),
        migrations.RemoveIndex(
            model_name='event',
            name='event_public_id',
        ),
    ]
